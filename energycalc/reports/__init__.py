"""Pages for people: figures and workbook, worded in zh-TW and English; nothing is calculated here."""
