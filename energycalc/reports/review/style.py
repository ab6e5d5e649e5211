"""How the page of a claim's review looks: on paper, in a browser, and inside a notebook in its light or dark theme."""

from __future__ import annotations

PAGE = """
@page{size:A4 portrait;margin:10mm 13mm 9mm}
body{margin:0;background:#fff}
main.claim-review{box-sizing:border-box;max-width:190mm;margin:0 auto;padding:6mm 4mm}
@media print{main.claim-review{padding:0;max-width:none}}
"""

# Ink and line follow the notebook's theme where there is one; the states keep their colours and never stand alone.
STYLE = """
.claim-review{--ink:var(--jp-ui-font-color1,#1f2933);--quiet:var(--jp-ui-font-color2,#5a6b7b);
--line:var(--jp-border-color2,#cfd8e0);--pale:var(--jp-layout-color2,#f2f5f8);
--good:#1b7a4b;--care:#8a6100;--bad:#b3261e;--open:#4a6076;
color:var(--ink);
font:9.2pt/1.42 "Noto Sans TC","Microsoft JhengHei","PingFang TC","Noto Sans CJK TC",system-ui,sans-serif;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.claim-review h1{font-size:11pt;margin:0 0 1.5mm;letter-spacing:.08em;color:var(--quiet);font-weight:600}
.claim-review h2{font-size:10pt;margin:2.4mm 0 .8mm;font-weight:700;color:var(--ink)}
.claim-review p{margin:.6mm 0}
.claim-review .quiet{color:var(--quiet);font-size:8pt}
.claim-review header{display:flex;justify-content:space-between;gap:5mm;align-items:stretch;
border-left:1.6mm solid var(--state);background:var(--pale);padding:2mm 0 2mm 3mm}
.claim-review .pass{--state:var(--good)}.claim-review .warn{--state:var(--care)}
.claim-review .fail{--state:var(--bad)}.claim-review .incomplete{--state:var(--open)}
.claim-review .what{min-width:0;overflow-wrap:anywhere}
.claim-review .title{font-size:13pt;font-weight:700;line-height:1.3}
.claim-review .constructed{display:inline-block;font-size:8pt;font-weight:400;border:1px solid var(--quiet);
padding:0 1.5mm;margin-left:2.5mm;vertical-align:middle;white-space:nowrap}
.claim-review .badge{flex:none;min-width:26mm;display:flex;flex-direction:column;align-items:center;
justify-content:center;background:var(--state);color:#fff;margin:-2mm 0;padding:1.5mm 4mm}
.claim-review .mark{font-size:17pt;line-height:1.1;font-weight:700}
.claim-review .word{font-size:13pt;font-weight:700;white-space:nowrap}
.claim-review .code{font-size:8pt;opacity:.9}
.claim-review table{border-collapse:collapse;width:100%;margin:0;table-layout:auto;font-size:inherit}
.claim-review th,.claim-review td{padding:.55mm 2mm .55mm 0;border:0;border-bottom:1px solid var(--line);
text-align:right;vertical-align:baseline;background:none;white-space:nowrap;font-variant-numeric:tabular-nums;
color:var(--ink);max-width:none}
.claim-review th{font-weight:600;color:var(--quiet);font-size:8.4pt;border-bottom:1.5px solid var(--quiet)}
.claim-review .name{text-align:left}
.claim-review td.name,.claim-review td.how{white-space:normal;overflow-wrap:anywhere}
.claim-review .how{text-align:left;padding-left:2mm;padding-right:0}
.claim-review td.how{color:var(--quiet);font-size:8.2pt}
.claim-review td.how b{white-space:nowrap;color:var(--ink)}
.claim-review td.long{white-space:normal;overflow-wrap:anywhere}
.claim-review .state{text-align:left;padding-right:0}.claim-review td.state{color:var(--quiet)}
.claim-review tr.agrees .state{color:var(--good)}
.claim-review tr.differs .state,.claim-review tr.differs .apart{color:var(--bad);font-weight:700}
.claim-review tr.differs td{background:rgba(179,38,30,.07)}.claim-review tr.differs td.name{font-weight:700}
.claim-review tr.inferred .recomputed{color:var(--quiet)}
.claim-review .note{font-size:7.4pt;line-height:1.35}
.claim-review ul{margin:0;padding:0;list-style:none}
.claim-review .findings>li{display:grid;grid-template-columns:var(--id,13mm) 1fr;gap:0 3mm;padding:.7mm 0 .7mm 2mm;
border-left:.9mm solid var(--state);margin-bottom:.8mm;break-inside:avoid}
.claim-review .findings .error{--state:var(--bad)}.claim-review .findings .warning{--state:var(--care)}
.claim-review .findings .note{--state:var(--line);font-size:inherit;line-height:inherit}
.claim-review .findings>li>div{min-width:0;overflow-wrap:anywhere}
.claim-review:lang(en){--id:21mm}
.claim-review .id b{display:block}.claim-review .id span{font-size:8pt;color:var(--state)}
.claim-review .note .id span{color:var(--quiet)}
.claim-review .numbers{display:flex;flex-wrap:wrap;gap:0 4mm;font-size:8.4pt;font-variant-numeric:tabular-nums}
.claim-review .numbers i{font-style:normal;color:var(--quiet)}
.claim-review .source{font-size:7.2pt;line-height:1.3}
.claim-review ul.held{columns:2;column-gap:6mm;font-size:8.2pt}
.claim-review ul.held li{break-inside:avoid;padding-left:3.4mm;text-indent:-3.4mm;overflow-wrap:anywhere}
.claim-review ul.held li::before{content:"✓ ";color:var(--good)}
.claim-review ul.inferred li::before{content:"→ ";color:var(--quiet)}
.claim-review ul.missing li{padding-left:3.4mm;text-indent:-3.4mm}
.claim-review ul.missing li::before{content:"□ ";color:var(--open)}
.claim-review footer{break-inside:avoid;margin-top:3mm}
.claim-review .sign{display:grid;grid-template-columns:1fr 48mm 34mm;gap:5mm}
.claim-review .sign div{border-bottom:1px solid var(--ink);height:9mm;display:flex;align-items:flex-end;
font-size:8.4pt;color:var(--quiet)}
.claim-review footer p{font-size:7.2pt;margin-top:1.5mm}
[data-jp-theme-light="false"] .claim-review{--good:#5cc98d;--care:#e0b040;--bad:#ff8a80;--open:#9fb4c8}
[data-jp-theme-light="false"] .claim-review .badge{color:#111}
"""
