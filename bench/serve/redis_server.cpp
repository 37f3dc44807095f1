#include "bench/serve/redis_server.hpp"

#include "bench/host/host_client.hpp"
#include "bench/serve/load_client.hpp"

#include <poll.h>

#include <stdexcept>

namespace licaudit::bench {
namespace {

constexpr int patience_ms = 10'000;

}  // namespace

redis_server::redis_server(const std::filesystem::path& program, const std::filesystem::path& folder,
                           const std::string& key, const std::string& value)
    : folder_(folder),
      process_({program.string(), "--port", "0", "--unixsocket", socket().string(), "--save", "", "--appendonly", "no"},
               folder, folder / "redis.log") {
  for (int left = patience_ms;; left -= 10) {
    try {
      load once{socket(), protocol::resp, resp_command({"SET", key, value}), 1, 0.01};
      if (run_load(once).refused != 0) throw std::runtime_error("redis-server refuses a SET");
      return;
    } catch (const no_answer&) {
      if (left <= 0 || !process_.runs()) throw std::runtime_error("redis-server does not answer");
    }
    ::poll(nullptr, 0, 10);
  }
}

}  // namespace licaudit::bench
