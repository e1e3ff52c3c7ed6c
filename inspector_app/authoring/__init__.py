"""What policy staff do with forms: compare them, read them, edit them in a spreadsheet."""
