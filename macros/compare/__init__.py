"""Two to four workloads side by side: `cells` is what a cell can hold, `sections` says which rows there are,
`page` writes the data that the browser places and marks (`docs/assets/js/compare/`)."""
