#include "daemon/settings/config_resolver.hpp"

#include "daemon/settings/secret_file.hpp"
#include "model/names.hpp"

#include <array>
#include <filesystem>

namespace licaudit::settings {

namespace {

constexpr std::string_view placeholder_start = "${";
constexpr std::string_view tenant_start = "${tenant.";

bool is_path_key(std::string_view key) {
  constexpr std::array<std::string_view, 4> keys{"path", "users", "policies", "routes"};
  for (const auto name : keys) {
    if (name == key) return true;
  }
  return false;
}

bool begins_like_path(std::string_view text) {
  return text.substr(0, 2) == "./" || text.substr(0, 3) == "../" || text.substr(0, 1) == "/";
}

/// The FIELD of the `${tenant.FIELD}` that begins at `start`, or nothing.
std::string_view field_at(std::string_view text, std::size_t start) {
  if (text.substr(start, tenant_start.size()) != tenant_start) return {};
  const auto end = text.find('}', start);
  if (end == std::string_view::npos) return {};
  const auto field = text.substr(start + tenant_start.size(), end - start - tenant_start.size());
  return is_name(field) ? field : std::string_view();
}

class resolver {
 public:
  resolver(const source_settings& source, const tenant* whose) : source_(source), whose_(whose) {}

  result<json::object> members(const json::object& from, const std::string& path, bool is_top) const {
    json::object to;
    for (const auto& member : from) {
      const std::string_view key(member.key().data(), member.key().size());
      auto value = resolved(member.value(), path + "." + std::string(key), is_top && is_path_key(key));
      if (!value) return value.error();
      to.emplace(member.key(), std::move(*value));
    }
    return to;
  }

 private:
  result<json::value> resolved(const json::value& value, const std::string& path, bool is_path) const {
    if (const auto* text = value.if_string()) {
      auto filled = resolved_text({text->data(), text->size()}, path, is_path);
      if (!filled) return filled.error();
      return json::value(json::string(*filled));
    }
    if (const auto* list = value.if_array()) {
      json::array to;
      for (const auto& item : *list) {
        auto done = resolved(item, path + "[" + std::to_string(to.size()) + "]", is_path);
        if (!done) return done.error();
        to.push_back(std::move(*done));
      }
      return json::value(std::move(to));
    }
    const auto* object = value.if_object();
    if (object == nullptr) return value;
    if (object->size() == 1 && object->contains("file")) return secret(object->at("file"), path, true);
    if (object->size() == 1 && object->contains("credential")) return secret(object->at("credential"), path, false);
    auto done = members(*object, path, false);
    if (!done) return done.error();
    return json::value(std::move(*done));
  }

  result<std::string> resolved_text(std::string_view text, const std::string& path, bool is_path) const {
    is_path = is_path || begins_like_path(text);
    auto filled = with_fields(text, path, is_path);
    if (!filled || !is_path || filled->empty() || filled->front() == '/') return filled;
    return (source_.directory / *filled).lexically_normal().string();
  }

  result<std::string> with_fields(std::string_view text, const std::string& path, bool is_path) const {
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
      const auto start = text.find(placeholder_start, at);
      filled += text.substr(at, start - at);
      if (start == std::string_view::npos) break;
      const auto field = field_at(text, start);
      if (field.empty()) return wrong(path, "holds a ${ that is no ${tenant.FIELD}");
      if (whose_ == nullptr) return wrong(path, "names a field of a tenant, but the source has no for_each");
      const std::string value = whose_->text(field);
      const std::string what = "tenant " + whose_->id + " has " + (value.empty() ? "no " : "the ") + std::string(field);
      if (value.empty()) return wrong(path, what + ", which the text names");
      if (is_path && (value.find('/') != std::string::npos || value == "..")) {
        return wrong(path, what + " '" + value + "', which cannot be part of a path");
      }
      filled += value;
      at = start + tenant_start.size() + field.size() + 1;
    }
    return filled;
  }

  result<json::value> secret(const json::value& name, const std::string& path, bool is_file) const {
    const auto* text = name.if_string();
    if (text == nullptr) return wrong(path, is_file ? "needs the path of a file" : "needs the name of a credential");
    const std::string_view written(text->data(), text->size());
    auto filled = is_file ? resolved_text(written, path, true) : with_fields(written, path, true);
    if (!filled) return filled.error();
    auto content = is_file ? read_secret(*filled) : read_credential(*filled);
    if (!content) return wrong(path, content.error().detail, content.error().code);
    return json::value(json::string(*content));
  }

  [[nodiscard]] failure wrong(const std::string& path, const std::string& what, errc code = errc::malformed) const {
    return {code, "source " + source_.name + ": " + path + ": " + what};
  }

  const source_settings& source_;
  const tenant* whose_;
};

}  // namespace

result<json::object> resolve_config(const source_settings& source, const tenant* for_each) {
  return resolver(source, for_each).members(source.config, "config", true);
}

result<bool> has_placeholders(std::string_view text) {
  bool any = false;
  for (auto at = text.find(placeholder_start); at != std::string_view::npos;
       at = text.find(placeholder_start, at + 1)) {
    if (field_at(text, at).empty()) {
      return failure{errc::malformed, "${tenant.FIELD} and no other placeholder"};
    }
    any = true;
  }
  return any;
}

}  // namespace licaudit::settings
