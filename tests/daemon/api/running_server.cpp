#include "running_server.hpp"

#include <stdlib.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <chrono>

namespace asio = boost::asio;

namespace licaudit::api {

private_folder::private_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "licaudit-api-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = name;
}

private_folder::~private_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

running_server::running_server(request_handler answers, http_limits limits)
    : path_(folder_ / "api.sock"),
      listener_(unix_listener::open({path_, 0600, {}}).value()),
      server_(loop_.get_executor(), limits, std::move(answers),
              [this](std::string_view text) { reports_.emplace_back(text); }) {
  auto ended = [this](const std::exception_ptr& failed) {
    if (failed) reports_.emplace_back("serve failed");
  };
  asio::co_spawn(loop_, server_.serve(listener_->release()), std::move(ended));
  thread_ = std::thread([this] { loop_.run(); });
}

running_server::~running_server() {
  if (thread_.joinable()) stop();
}

void running_server::on_loop(const std::function<void()>& what) {
  std::promise<void> done;
  asio::post(loop_, [&] {
    what();
    done.set_value();
  });
  done.get_future().wait();
}

std::size_t running_server::connections() {
  std::size_t n = 0;
  on_loop([&] { n = server_.connections(); });
  return n;
}

bool running_server::reaches_connections(std::size_t wanted) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (connections() != wanted) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

void running_server::stop() {
  on_loop([this] { server_.stop(); });
  thread_.join();
}

}  // namespace licaudit::api
