#pragma once

#include "bench/host/host_process.hpp"

#include <filesystem>
#include <string>

namespace licaudit::bench {

/// A Redis of one's own that keeps nothing, on a socket in `folder`, with one value.
class redis_server {
 public:
  redis_server(const std::filesystem::path& program, const std::filesystem::path& folder, const std::string& key,
               const std::string& value);

  [[nodiscard]] std::filesystem::path socket() const { return folder_ / "redis.sock"; }

 private:
  std::filesystem::path folder_;
  host_process process_;
};

}  // namespace licaudit::bench
