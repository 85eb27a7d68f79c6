"""The data of a quarter as partitioned Parquet, with a catalogue of views for DuckDB."""
