#separator \x09
#set_separator	,
#empty_field	(empty)
#unset_field	-
#path	conn
#open	2026-11-25-01-40-52
#fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	local_orig	local_resp	missed_bytes	history	orig_pkts	orig_ip_bytes	resp_pkts	resp_ip_bytes	tunnel_parents	ip_proto
#types	time	string	addr	port	addr	port	enum	string	interval	count	count	string	bool	bool	count	string	count	count	count	count	set[string]	count
1795570852.131516	CFcxyoVerOq7wK8eBo	192.0.2.10	54822	192.0.2.53	53	udp	dns	0.000617	56	60	SF	F	F	0	Dd	1	84	1	88	-	17
1795570852.184051	CKdV5AHidqB20G0st5	192.0.2.10	34377	192.0.2.53	53	tcp	dns	0.001397	57	51	SF	F	F	0	ShADadFf	6	377	4	267	-	6
1795570852.248849	CtIJzpjnrgYiD2aESZ	192.0.2.10	47901	192.0.2.53	53	udp	dns	0.000243	52	46	SF	F	F	0	Dd	1	80	1	74	-	17
1795570852.329512	CD3iAD2ES0j0vUahQC	192.0.2.10	48301	192.0.2.53	53	udp	dns	0.000127	56	50	SF	F	F	0	Dd	1	84	1	78	-	17
#close	2026-11-25-01-40-52
