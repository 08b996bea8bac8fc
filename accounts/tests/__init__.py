"""How people get in and are kept out, told as stories."""
