"""Writes docs/report-schema.md from the records of the library: python3 eng/report-schema.py, in the repository's root."""
import re,os

root='src/Assay/'
files=[]
for d in ('Reporting','Comparing','Statistics','Learning/Tuning','Results','Load','Models','Running'):
    for r,_,fs in os.walk(root+d):
        files+= [os.path.join(r,f) for f in fs if f.endswith('.cs')]
def snake(n):
    return re.sub(r'(?<=[a-z0-9])(?=[A-Z])','_',n).lower()
def clean(t):
    t=re.sub(r'<see cref="(?:[\w.]*\.)?(\w+)(?:\([^"]*\))?"\s*/>',r'\1',t)
    t=re.sub(r'</?c>','`',t); t=re.sub(r'<[^>]+>','',t)
    t=t.replace('&lt;','<').replace('&gt;','>').replace('&amp;','&').replace('|','\\|')
    return re.sub(r'\s+',' ',t).strip()
types={}
for f in files:
    s=open(f).read()
    for m in re.finditer(r'((?:[ \t]*///[^\n]*\n)*)public sealed record (\w+)(\(((?:[^()]|\([^()]*\))*)\))?\s*([;{])',s):
        doc,name,_,pos,end=m.groups()
        doc=re.sub(r'^[ \t]*/// ?','',doc,flags=re.M)
        summ=re.search(r'<summary>(.*?)</summary>',doc,re.S)
        params=dict(re.findall(r'<param name="(\w+)">(.*?)</param>',doc,re.S))
        keys=[]
        if pos:
            depth=0;cur='';parts=[]
            for c in pos:
                if c in '<(': depth+=1
                if c in '>)': depth-=1
                if c==',' and depth==0: parts.append(cur);cur=''
                else: cur+=c
            parts.append(cur)
            for p in parts:
                p=p.split('=')[0].strip()
                t,n=p.rsplit(None,1)
                keys.append((n,t,clean(params.get(n,''))))
        if end=='{':
            i=m.end(); depth=1;j=i
            while depth and j<len(s):
                depth+= (s[j]=='{')-(s[j]=='}'); j+=1
            body=s[i:j]
            for q in re.finditer(r'((?:    ///[^\n]*\n)+)((?:    \[[^\n]*\]\n)*)    public (?:required )?([\w<>?,\. ]+?) (\w+) \{ get; (?:init; )?\}',body):
                d,attr,t,n=q.groups()
                if 'JsonIgnore]' in attr: continue
                o=re.search(r'JsonPropertyOrder\((-?\d+)\)',attr)
                d=re.sub(r'^[ \t]*/// ?','',d,flags=re.M)
                sm=re.search(r'<summary>(.*?)</summary>',d,re.S)
                keys.append((n,t,clean(sm.group(1)) if sm else '', int(o.group(1)) if o else 0))
        types[name]=(clean(summ.group(1)) if summ else '',keys)
def jtype(t):
    t=t.strip(); null=t.endswith('?'); t=t.rstrip('?')
    m=re.match(r'(?:ImmutableArray|IReadOnlyList|IEnumerable)<(.+)>$',t)
    if m: r='list of '+jtype(m.group(1))
    elif re.match(r'(?:ImmutableSortedDictionary|IReadOnlyDictionary)<string, (.+)>$',t):
        r='label to '+jtype(re.match(r'\w+<string, (.+)>$',t).group(1))
    else:
        r={'string':'text','double':'number','int':'number','long':'number','ulong':'number','bool':'true or false','DateTimeOffset':'time','Verdict':'text','ComparisonVerdict':'text','ParameterValue':'number or text'}.get(t,f'[{t}](#{t.lower()})')
    return r+(' or null' if null else '')
order=[];stack=['Report']
def visit(n):
    if n in order or n not in types: return
    order.append(n)
    for k in types[n][1]:
        for w in re.findall(r'\w+',k[1]): visit(w)
visit('Report')
out='''# The schema of report.json
`schema_version` is 1. It rises when a key changes its meaning or goes; new keys come without it, so a reader must pass over keys that it does not
know. Keys are in snake_case, times are ISO 8601 in UTC, durations seconds. A number that is undefined is null, never 0; where a number stands
without 'or null', a NaN is written as null as well. Lists are always there, empty when there is nothing. The same shape is what the store keeps of
a run. A test holds that every key stands here; the texts are those of the types of the library.
'''
for n in order:
    out+=f'\n## {n}\n{types[n][0]}\n| key | type | meaning |\n|---|---|---|\n'
    for k in sorted(types[n][1],key=lambda k:k[3] if len(k)>3 else 0):
        out+=f'| `{snake(k[0])}` | {jtype(k[1])} | {k[2]} |\n'
open('docs/report-schema.md','w').write(out)
