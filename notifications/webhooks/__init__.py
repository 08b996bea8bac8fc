"""What happens here, told to other systems as it happens, signed and in order."""
