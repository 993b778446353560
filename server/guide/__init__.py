"""Guide mode: a guide's phone shows, the phones of a group follow, over WebSocket.

Off unless `server.settings.Settings.guide` is set. Rooms live in memory and die with the
visit; nothing of them is written to a disk or to a log.
"""
