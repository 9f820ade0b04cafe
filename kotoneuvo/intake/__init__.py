"""Reading client files: CSV and workbooks in, checked by the identity guard and read. Nothing here gives advice."""
