"""Stand-in for python-dateutil: parsing of the date formats that services send."""
