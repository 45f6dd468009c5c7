"""Files of records: read in a confined process, their encodings and odd cells told."""
