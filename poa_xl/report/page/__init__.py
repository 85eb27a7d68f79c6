"""A report as one page: tables that sort and filter, drawn charts, the trail of each figure. No request leaves it."""
