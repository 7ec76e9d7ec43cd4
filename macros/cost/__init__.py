"""What an option costs in a month, and from which volume another is cheaper. Pure; knows no file and no page."""
