#pragma once

#include "daemon/sync/run_ending.hpp"
#include "model/result.hpp"

#include <sys/types.h>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

namespace licaudit::sync {

/// A child in a process group of its own, with pipes to all three of its streams and nothing else that is open here.
/// Its environment is PATH, LANG, TZ and CREDENTIALS_DIRECTORY. Its pid stays its own until `reap`, so signals never
/// hit a stranger. The destructor kills the group and reaps what is dead.
class child_process {
 public:
  /// errc::refused if it is no executable regular file or one that anybody may write; errc::unreachable if it cannot be
  /// started. Ignores SIGPIPE in this process from then on: a child may close its input whenever it likes.
  [[nodiscard]] static result<std::unique_ptr<child_process>> start(const boost::asio::any_io_executor& executor,
                                                                    const std::filesystem::path& executable,
                                                                    const std::filesystem::path& directory);
  ~child_process();
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  using stream = boost::asio::posix::stream_descriptor;
  stream& input() { return input_; }
  stream& output() { return output_; }
  stream& errors() { return errors_; }

  /// True once the child itself has ended; its group may live on. False if the time is over first.
  [[nodiscard]] boost::asio::awaitable<bool> ended_within(std::chrono::milliseconds at_most);

  /// Ends the wait of `ended_within`.
  void cancel_wait();

  void signal_group(int signal);

  /// Closes our ends: whoever reads or writes them here wakes up.
  void close_streams();

  /// Kills what is left of the group and takes the exit status, without waiting: `lost` if the child still lives.
  void reap(run_ending& ending);

 private:
  child_process(const boost::asio::any_io_executor& executor, pid_t pid);

  pid_t pid_;
  bool reaped_ = false;
  stream input_, output_, errors_, process_;
};

}  // namespace licaudit::sync
