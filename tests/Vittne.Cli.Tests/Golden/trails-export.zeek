#fields	indicator	indicator_type	meta.source	meta.desc
192.0.2.66	Intel::ADDR	(static)	sample bot (malware)
c2.example.net	Intel::DOMAIN	(static)	sample bot (malware)
login.example.org	Intel::DOMAIN	(static)	sample downloads (suspicious)
gate.example.org/panel/gate.php	Intel::URL	(static)	sample bot (malware)
updates.example.org/updates/setup.bin	Intel::URL	(static)	sample downloads (suspicious)
vittne: 5 trails written
