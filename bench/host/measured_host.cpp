#include "bench/host/measured_host.hpp"

#include "bench/timing.hpp"

#include <poll.h>

#include <stdexcept>

namespace licaudit::bench {
namespace {

namespace fs = std::filesystem;

constexpr double longest_start_seconds = 600;

}  // namespace

measured_host::measured_host(fs::path licauditd, fs::path folder)
    : licauditd_(std::move(licauditd)), folder_(std::move(folder)), client_(folder_ / "licaudit.sock") {}

taken measured_host::start(const std::string& page_of) {
  taken made;
  made.seconds = seconds_of([&] {
    process_.emplace(std::vector<std::string>{licauditd_.string(), "--config", "licauditd.yaml"}, folder_,
                     folder_ / "log");
    const auto begin = std::chrono::steady_clock::now();
    while (!answers(page_of)) {
      if (!process_->runs()) throw std::runtime_error("licauditd ended: see " + (folder_ / "log").string());
      const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - begin;
      if (waited.count() > longest_start_seconds) throw std::runtime_error("licauditd shows no page of " + page_of);
      ::poll(nullptr, 0, 1);
    }
  });
  made.cpu_seconds = process_->use().cpu_seconds;
  return made;
}

/// A page with numbers, not one from before the first calculation.
bool measured_host::answers(const std::string& page_of) const {
  try {
    const auto answer = client_.ask("GET", "/v1/tenants/" + page_of + "/licences");
    return answer.status == 200 && answer.body.find("\"calculated_at\":null") == std::string::npos;
  } catch (const no_answer&) {
    return false;
  }
}

void measured_host::stop() {
  process_.reset();
}

void measured_host::forget() {
  stop();
  fs::remove_all(folder_ / "state");
}

taken measured_host::measured(const std::function<void()>& work) const {
  taken made;
  const auto before = process_->use().cpu_seconds;
  made.seconds = seconds_of(work);
  made.cpu_seconds = process_->use().cpu_seconds - before;
  return made;
}

taken measured_host::refresh(stream which) {
  choose_stream(folder_, which);
  return measured([&] { client_.refresh(); });
}

void measured_host::turn(const std::string& tenant, const std::string& factor, bool on) {
  (void)client_.sound("PUT", "/v1/tenants/" + tenant + "/factors/" + factor, on ? R"({"on":true})" : R"({"on":false})");
}

taken measured_host::apply(const std::string& body) {
  return measured([&] { (void)client_.sound("POST", "/v1/apply", body); });
}

process_use measured_host::settled_use() const {
  auto last = process_->use();
  for (int tries = 0; tries < 50; ++tries) {
    ::poll(nullptr, 0, 200);
    const auto now = process_->use();
    if (now.resident == last.resident && now.cpu_seconds == last.cpu_seconds) return now;
    last = now;
  }
  return last;
}

}  // namespace licaudit::bench
