"""What peers tell: values of the same indicator in other units, and tables to start from."""
