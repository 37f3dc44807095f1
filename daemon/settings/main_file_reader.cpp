#include "daemon/settings/main_file_reader.hpp"

#include "daemon/settings/access_reader.hpp"
#include "daemon/settings/accounts.hpp"
#include "daemon/settings/duration.hpp"
#include "daemon/settings/file_pattern.hpp"
#include "daemon/settings/http_reader.hpp"

#include <sys/un.h>

namespace licaudit::settings {

namespace {

constexpr const char* default_group = "licaudit";
constexpr const char* default_tenants = "tenants.d/*.yaml";
constexpr std::size_t max_socket_path = sizeof(sockaddr_un::sun_path) - 1;
constexpr const char* a_duration = "a duration such as 90s, 15m, 1h or 1d";
constexpr const char* a_percentage = "a percentage such as 20%";
constexpr const char* a_long_time = "a time such as 25 months or 10 years";

result<bool> parse_rules(std::string_view text) {
  if (text == "automatic") return true;
  if (text == "on-apply") return false;
  return failure{errc::malformed, "on-apply or automatic"};
}

}  // namespace

main_file_reader::main_file_reader(const yaml_value& document, const std::filesystem::path& binary_directory)
    : in_(document), directory_(document.file().parent_path()), binary_directory_(binary_directory) {
  values_.file = document.file();
}

void main_file_reader::read() {
  values_.state = read_path("state", "/var/lib/licaudit");
  values_.plugins = read_path("plugins", (binary_directory_ / "../lib/licaudit").lexically_normal());
  read_socket();
  read_schedule();
  read_guard();
  read_retention();
  read_rules();
  if (const auto value = in_.find("deletion_secret_sha256")) {
    values_.deletion_secret_sha256 = read_sha256(*value).value_or("");
  }
  if (const auto value = in_.find("access")) values_.access = read_access(*value);
  if (const auto value = in_.find("http")) values_.http_listen = read_http(*value);
  read_later_features();
}

void main_file_reader::read_sources(source_reader& into) {
  const auto list = in_.find("sources");
  if (!list) return;
  if (list->kind() == yaml_kind::list) {
    into.read(*list);
  } else {
    list->refuse("a list");
  }
}

std::filesystem::path main_file_reader::read_path(const char* key, const std::filesystem::path& otherwise) {
  const auto value = in_.find(key);
  const auto written = value ? value->text() : std::nullopt;
  if (!written) return otherwise;
  if (written->empty()) value->refuse("a path");
  return (directory_ / *written).lexically_normal();
}

std::optional<std::vector<std::string>> main_file_reader::read_patterns(const char* key) {
  const auto value = in_.find(key);
  if (!value) return std::nullopt;
  std::vector<std::string> patterns;
  for (const auto& item : value->items_or_self()) {
    const auto written = item.text();
    if (!written) continue;
    std::error_code error;
    // The wildcards of a pattern may match nothing; a file that is named must be there.
    if (!is_glob(*written) && !std::filesystem::is_regular_file(directory_ / *written, error)) {
      item.refuse("a file that exists, or a pattern", (directory_ / *written).lexically_normal().string());
    } else {
      patterns.push_back(absolute_pattern(directory_, *written));
    }
  }
  return patterns;
}

void main_file_reader::read_socket() {
  values_.socket_path = "/run/licaudit/licaudit.sock";
  const auto value = in_.find("socket");
  if (!value) {
    values_.socket_gid = find_group(default_group);
    return;
  }
  yaml_map in(*value);
  if (const auto path = in.find("path")) {
    if (const auto written = path->text()) values_.socket_path = (directory_ / *written).lexically_normal();
    if (values_.socket_path.string().size() > max_socket_path) {
      path->refuse("a path of at most " + std::to_string(max_socket_path) + " bytes, as the system allows for sockets",
                   std::to_string(values_.socket_path.string().size()) + " bytes");
    }
  }
  if (const auto mode = in.find("mode")) {
    values_.socket_mode =
        mode->parsed(parse_mode, "a mode of three or four octal digits such as '0660'").value_or(0660);
  }
  read_group(in.find("group"));
  in.finish();
}

/// The default group is made by the package; where it is not there, the socket belongs to the daemon's own group.
void main_file_reader::read_group(const std::optional<yaml_value>& value) {
  const auto name = value ? value->text() : std::string(default_group);
  if (!name) return;
  values_.socket_gid = find_group(*name);
  if (!values_.socket_gid && *name != default_group) value->refuse("a group that exists on this machine");
}

void main_file_reader::read_schedule() {
  values_.sync_every = std::chrono::minutes(15);
  values_.calculate_every = std::chrono::hours(1);
  const auto value = in_.find("schedule");
  if (!value) return;
  yaml_map in(*value);
  if (const auto sync = in.find("sync")) {
    values_.sync_every = sync->parsed(parse_duration, a_duration).value_or(values_.sync_every);
  }
  if (const auto calculate = in.find("calculate")) {
    values_.calculate_every = calculate->parsed(parse_duration, a_duration).value_or(values_.calculate_every);
  }
  in.finish();
}

void main_file_reader::read_guard() {
  const auto value = in_.find("guard");
  if (!value) return;
  yaml_map in(*value);
  guards& guard = values_.guard;
  if (const auto shrink = in.find("shrink")) {
    guard.shrink_percent = shrink->parsed(parse_percentage, a_percentage).value_or(guard.shrink_percent);
  }
  if (const auto swing = in.find("swing")) {
    guard.swing_percent = swing->parsed(parse_percentage, a_percentage).value_or(guard.swing_percent);
  }
  if (const auto least = in.find("least")) guard.least = least->integer().value_or(guard.least);
  in.finish();
}

void main_file_reader::read_retention() {
  const auto value = in_.find("retention");
  if (!value) return;
  yaml_map in(*value);
  if (const auto subjects = in.find("subjects")) {
    values_.retention_subjects_months =
        subjects->parsed(parse_months, a_long_time).value_or(values_.retention_subjects_months);
  }
  if (const auto calculations = in.find("calculations")) {
    values_.retention_calculations_months =
        calculations->parsed(parse_months, a_long_time).value_or(values_.retention_calculations_months);
  }
  in.finish();
}

void main_file_reader::read_rules() {
  if (const auto value = in_.find("rules")) {
    values_.rules_automatic = value->parsed(parse_rules, "on-apply or automatic").value_or(false);
  }
  factor_patterns_ = read_patterns("factors");
  values_.tenant_patterns =
      read_patterns("tenants").value_or(std::vector<std::string>{absolute_pattern(directory_, default_tenants)});
}

/// Keys of the contract whose features come later. Refused and not ignored: whoever writes `sinks` relies on them.
void main_file_reader::read_later_features() {
  const auto sinks = in_.find("sinks");
  if (!sinks) return;
  for (const auto& item : sinks->items()) item.complain("sinks are not supported yet: leave this entry out");
}

}  // namespace licaudit::settings
