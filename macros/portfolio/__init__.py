"""Several workloads together: where they run, what they share, what the law asks of all, what to build first.

`asked` reads what a visitor wants, `base` says what each workload brings, `pools` adds and rounds up, `order` and
`duties` hold the two other rules, `answer` puts all together, `report` tells it. The page does the same sums from
the tables of `export`; a test compares both.
"""
