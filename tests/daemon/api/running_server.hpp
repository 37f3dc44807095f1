#pragma once

#include "daemon/api/http_server.hpp"
#include "daemon/api/unix_listener.hpp"

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace licaudit::api {

/// A folder of its own under the temporary one, removed at the end.
class private_folder {
 public:
  private_folder();
  ~private_folder();
  private_folder(const private_folder&) = delete;
  private_folder& operator=(const private_folder&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// The real server with a handler of the test's on a real socket, its loop on a thread of its own.
class running_server {
 public:
  explicit running_server(request_handler answers, http_limits limits = {});
  ~running_server();
  running_server(const running_server&) = delete;
  running_server& operator=(const running_server&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Runs on the loop and waits for it.
  void on_loop(const std::function<void()>& what);
  [[nodiscard]] std::size_t connections();
  /// Until so many are open; false after ten seconds.
  [[nodiscard]] bool reaches_connections(std::size_t wanted);

  /// Stops it and waits until the loop has nothing left.
  void stop();
  [[nodiscard]] const std::vector<std::string>& reports() const { return reports_; }  ///< after `stop`
  [[nodiscard]] boost::asio::io_context& loop() { return loop_; }

 private:
  private_folder folder_;
  std::filesystem::path path_;
  std::vector<std::string> reports_;
  boost::asio::io_context loop_{1};
  std::optional<unix_listener> listener_;
  http_server server_;
  std::thread thread_;
};

}  // namespace licaudit::api
