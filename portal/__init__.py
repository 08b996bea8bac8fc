"""The web portal: server-rendered pages, and the look they share with the admin."""
