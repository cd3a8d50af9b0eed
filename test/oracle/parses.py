"""Which of the texts in a JSON file, a list of pairs of a name and a text, Python refuses."""

import json
import sys
import warnings

warnings.simplefilter("ignore")
with open(sys.argv[1], encoding="utf-8") as file:
    texts = json.load(file)
refused = []
for name, text in texts:
    try:
        compile(text, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        refused.append([name, str(error)])
print(json.dumps({"refused": refused}))
