#include "daemon/api/open_metrics.hpp"

namespace licaudit::api {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\\' || byte == '"') out += '\\';
    out += byte == '\n' ? "\\n" : std::string(1, byte);
  }
  return out;
}

}  // namespace

void open_metrics::gauge(std::string_view name, std::string_view help) {
  family_ = "licaudit_" + std::string(name);
  out_ += "# HELP " + family_ + " " + std::string(help) + "\n# TYPE " + family_ + " gauge\n";
}

void open_metrics::add(const labels& of, std::string_view value) {
  out_ += family_;
  char before = '{';
  for (const auto& one : of) {
    out_ += before;
    out_ += std::string(one.first) + "=\"" + escaped(one.second) + "\"";
    before = ',';
  }
  if (!of.empty()) out_ += '}';
  out_ += ' ';
  out_ += value;
  out_ += '\n';
}

void open_metrics::sample(const labels& of, std::int64_t value) {
  add(of, std::to_string(value));
}

void open_metrics::sample_seconds(const labels& of, std::int64_t milliseconds) {
  const bool negative = milliseconds < 0;
  const std::int64_t size = negative ? -milliseconds : milliseconds;
  const std::string rest = std::to_string(1000 + size % 1000).substr(1);
  add(of, (negative ? "-" : "") + std::to_string(size / 1000) + "." + rest);
}

std::string open_metrics::take() {
  return std::move(out_) + "# EOF\n";
}

}  // namespace licaudit::api
