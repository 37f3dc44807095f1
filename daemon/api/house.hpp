#pragma once

#include "daemon/api/audit_line.hpp"
#include "daemon/api/backup_line.hpp"
#include "daemon/api/daemon_line.hpp"
#include "daemon/api/error_report.hpp"
#include "daemon/api/ledger_line.hpp"
#include "daemon/api/source_line.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace licaudit::api {

/// The other rooms, as handlers reach them. All of it outlives the routes.
struct house {
  audit_line& audit;
  ledger_line& ledger;
  source_line& sources;
  daemon_line& daemon;
  backup_line& backups;
  boost::asio::any_io_executor loop;
  error_report report{};  ///< may be empty
};

}  // namespace licaudit::api
