"""What is made from a table declaration: Arrow and pandera schemas, the field reference, test data."""
