"""Photographs: recognising, examining and decoding them, in processes of their own."""

import os

os.environ["OPENPYXL_LXML"] = "False"  # read when openpyxl loads: one parser of spreadsheets on every machine
