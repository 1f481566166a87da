"""The pages of the app: widgets in, one call to a service, tables out."""
