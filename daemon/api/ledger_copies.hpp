#pragma once

#include "daemon/api/backup_line.hpp"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>

namespace licaudit::api {

/// What a copy is made of. `note` is asked for on the loop and called on the thread that copies: to read the settings
/// takes its time.
struct copied_ledger {
  std::filesystem::path file;
  std::shared_ptr<const ledger::reading_gate> gate;
  std::function<std::function<ledger::backup_note()>()> note;
};

/// The real way: copies are made on a thread of their own, with a connection of their own, so that neither the worker
/// nor a question waits for them. Copies to hand over lie in the folder of the ledger, without a name.
class ledger_copies final : public backup_line {
 public:
  ledger_copies(copied_ledger of, boost::asio::any_io_executor thread);

  answer<ledger::backup_facts> write(std::filesystem::path target) override;
  answer<std::shared_ptr<backup_bytes>> make() override;

  /// Copies under way end soon, unfinished; further ones are refused.
  void stop() { stopping_ = true; }

 private:
  /// One that is under way; taken on the loop, given back on the loop.
  class turn;
  [[nodiscard]] result<ledger::backup_facts> copy(const ledger::whole_file& into,
                                                  const ledger::backup_note& note) const;

  copied_ledger of_;
  boost::asio::any_io_executor thread_;
  std::atomic<bool> stopping_{false};
  bool busy_ = false;
};

}  // namespace licaudit::api
