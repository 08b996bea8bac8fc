"""Files: uploads, their examination, and downloads."""
