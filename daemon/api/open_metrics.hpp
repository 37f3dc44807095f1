#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::api {

/// Writes OpenMetrics text. Gauges only: they are written alike in OpenMetrics and in Prometheus' older text format,
/// which `promtool check metrics` reads; counters are not.
class open_metrics {
 public:
  using labels = std::vector<std::pair<std::string_view, std::string_view>>;

  /// Begins a family; all its samples follow before the next one begins.
  void gauge(std::string_view name, std::string_view help);
  void sample(const labels& of, std::int64_t value);
  /// Seconds, to the millisecond.
  void sample_seconds(const labels& of, std::int64_t milliseconds);

  /// With the closing `# EOF`. Once.
  [[nodiscard]] std::string take();

  static constexpr std::string_view content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";

 private:
  void add(const labels& of, std::string_view value);

  std::string out_;
  std::string family_;
};

}  // namespace licaudit::api
