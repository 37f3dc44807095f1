# The rooms and what each may include, as architecture.md says it: `room=rooms`. An arrow that is not here is refused.
# A room may always include itself. `licaudit/...` is the C header folder plugins/include.
set(HOUSE_ROOMS
  "model="
  "factors=model"
  "billing=model"
  "plugins/include="
  "plugins/sdk=model"
  # What the SDK hands over are values of model.
  "plugins/sources=plugins/sdk,model"
  "plugins/sinks=plugins/sdk,model"
  "plugins/factors=plugins/include"
  "daemon/settings=model,factors,plugins/include"
  "daemon/ledger=model"
  "daemon/sync=model,plugins/sdk,daemon/ledger"
  "daemon/audit=model,factors,daemon/ledger"
  "daemon/access=model"
  "daemon/api=model,billing,daemon/settings,daemon/sync,daemon/audit,daemon/ledger,daemon/access"
  # The composition root names all of the daemon, and hands factors and the SDK's stream from one room to another.
  "daemon/app=model,factors,billing,plugins/sdk,plugins/include,daemon/settings,daemon/ledger,daemon/sync,daemon/audit,\
daemon/access,daemon/api"
  "cli=model")

# Folders below which each folder is a room of its own: one outside system or one criterion, which knows no neighbour.
set(HOUSE_SEPARATE plugins/sources plugins/sinks plugins/factors)

# Rooms whose headers everybody includes. These pull in nothing heavy and nothing foreign.
set(HOUSE_LIGHT model factors billing daemon/ledger daemon/audit)
set(HOUSE_HEAVY "boost/asio|boost/beast|boost/regex|sqlite3[.]h")
