"""The national Finnish Service Catalogue (PTV, Open API v11): its services and channels as overlay entries."""
