"""The national Finnish Service Catalogue (PTV, Open API v12; v11 from files): its services and channels as entries."""
