#include "daemon/ledger/schema.hpp"

#include "daemon/ledger/database.hpp"

namespace licaudit::ledger {

namespace {

bool has_tables(database& open) {
  return open.query("SELECT 1 FROM sqlite_master").next();
}

}  // namespace

result<void> migrate(database& open) {
  std::int64_t version = 0;
  {
    auto rows = open.query("PRAGMA user_version");
    if (rows.next()) version = rows.integer(0);
  }
  const auto newest = static_cast<std::int64_t>(migrations().size());
  if (version < 0 || (version == 0 && has_tables(open)))
    return failure{errc::corrupt, "it is the database of another program: move it away to begin anew"};
  if (version > newest)
    return failure{errc::refused, "the ledger is of version " + std::to_string(version) +
                                      ", this licauditd knows versions up to " + std::to_string(newest) +
                                      ": start the newer program, or restore a backup of before its update"};
  for (; version < newest; ++version) {
    open.script("BEGIN IMMEDIATE;");
    open.script(std::string(migrations()[static_cast<std::size_t>(version)]));
    open.script("PRAGMA user_version = " + std::to_string(version + 1) + "; COMMIT;");
  }
  return {};
}

}  // namespace licaudit::ledger
