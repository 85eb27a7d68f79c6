"""What is known of the XML of workbooks in more places than one: by `guards` for files, and for open workbooks."""

NO_VALUE = "sin valor"  # of a formula that was never calculated, where an error cell has its error
LARGEST_AREA = 5_000_000  # cells from A1 to the last one with content; all of them are held in memory
