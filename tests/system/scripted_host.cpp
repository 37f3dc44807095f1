#include "tests/system/scripted_host.hpp"

#include <fstream>

namespace licaudit::test {

namespace fs = std::filesystem;

scripted_host::scripted_host() {
  const fs::path shipped = fs::path(LICAUDIT_BINARY_DIRECTORY) / "lib" / "licaudit";
  const fs::path plugins = folder() / "demo" / "plugins";
  fs::create_directories(plugins / "sources");
  for (const auto& entry : fs::directory_iterator(shipped / "sources"))
    fs::create_symlink(entry.path(), plugins / "sources" / entry.path().filename());
  fs::create_symlink(shipped / "factors", plugins / "factors");
  fs::remove_all(folder() / "demo" / "sources.d");
  fs::create_directory(folder() / "demo" / "sources.d");
  write("licauditd.yaml", read("licauditd.yaml") + "plugins: plugins\n");
}

void scripted_host::script(const std::string& name, const std::string& body) const {
  const std::string file = "plugins/sources/" + name;
  fs::remove(folder() / "demo" / file);  // a link to the program of that name would lead out of this folder
  write(file, "#!/bin/sh\nrequest=$(cat)\n" + body);
  fs::permissions(folder() / "demo" / file, fs::perms::owner_all);
}

void scripted_host::source(const std::string& file, const std::string& name, const std::string& rest) const {
  write("sources.d/" + file, "- { name: " + name + ", plugin: " + name + rest + " }\n");
}

std::string scripted_host::shown(const std::string& tenant, const std::string& factor) const {
  const auto page = ask({"show", tenant});
  if (!page.is_object()) return "no page";
  if (factor == "state") return std::string(page.at("state").as_string());
  const auto& licence = page.at("licences").as_array().at(0).as_object();
  if (factor == "licensed") return std::to_string(licence.at("licensed").to_number<std::int64_t>());
  for (const auto& one : licence.at("factors").as_array())
    if (one.at("factor").as_string() == factor) return std::string(one.at("text").as_string());
  return "no such factor";
}

std::string scripted_host::findings() const {
  std::string kinds;
  const auto answer = ask({"findings"});
  if (!answer.is_object()) return "no answer";
  for (const auto& one : answer.at("findings").as_array()) kinds += std::string(one.at("finding").as_string()) + ' ';
  return kinds;
}

std::string snapshot(std::string_view lines) {
  return "cat <<'END_OF_LINES'\n{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"snapshot\"}\n" + std::string(lines) +
         "{\"kind\":\"end\"}\nEND_OF_LINES\n";
}

std::string user(std::string_view id, std::string_view fields) {
  return R"({"kind":"user","id":")" + std::string(id) + R"(","fields":)" + std::string(fields) + "}\n";
}

std::string users(int count, std::string_view gateway) {
  std::string lines;
  for (int i = 0; i < count; ++i)
    lines += user("u" + std::to_string(i), R"({"pstn_gateway":")" + std::string(gateway) + "\"}");
  return lines;
}

}  // namespace licaudit::test
