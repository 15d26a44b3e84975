// Delete me when there is a real file.
