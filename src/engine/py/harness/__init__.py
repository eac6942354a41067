"""The Python side of the engine: loads a checkout's own code and runs its integrations.

`finder` decides where each module comes from, `lazy` loads the checkout's library modules,
`placeholder` stands for what is not there, `models` is the database in memory,
`replacements` are the few functions that would need a server, `runner` runs tests,
`errors` makes data of exceptions, `delivery` sends single requests, `session` ties them together.
"""

import sys

# Nothing is left behind in the folders that are read.
sys.dont_write_bytecode = True
