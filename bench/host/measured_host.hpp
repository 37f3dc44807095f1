#pragma once

#include "bench/host/host_client.hpp"
#include "bench/host/host_files.hpp"
#include "bench/host/host_process.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace licaudit::bench {

/// What something took: on the wall clock, and of the daemon's processor time.
struct taken {
  double seconds = 0, cpu_seconds = 0;
};

/// The real licauditd on a folder of host files, and what the bench does to it.
class measured_host {
 public:
  measured_host(std::filesystem::path licauditd, std::filesystem::path folder);

  /// Starts it, and returns once a licence page of this tenant is answered. Throws if the daemon ends before.
  taken start(const std::string& page_of);
  void stop();
  /// As if it had never run.
  void forget();

  /// Whether this tenant has a page with numbers.
  [[nodiscard]] bool answers(const std::string& page_of) const;

  /// The source prints this now; runs it, and the calculation that follows.
  taken refresh(stream which);
  /// A switch of the tenant, pending.
  void turn(const std::string& tenant, const std::string& factor, bool on);
  taken apply(const std::string& body);

  [[nodiscard]] taken measured(const std::function<void()>& work) const;
  /// Once it no longer changes from one moment to the next.
  [[nodiscard]] process_use settled_use() const;
  [[nodiscard]] const std::filesystem::path& licauditd() const { return licauditd_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const host_client& client() const { return client_; }

 private:
  std::filesystem::path licauditd_, folder_;
  host_client client_;
  std::optional<host_process> process_;
};

}  // namespace licaudit::bench
