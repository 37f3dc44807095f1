#include "cli/commands/command.hpp"
#include "cli/new_file.hpp"
#include "cli/progress_line.hpp"
#include "cli/reply.hpp"

#include <boost/json/serialize.hpp>

#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

namespace licaudit::cli::commands {

namespace {

constexpr std::string_view backup_type = "application/vnd.sqlite3";

std::string mebibytes(std::uint64_t bytes) {
  const auto tenths = (bytes * 10) >> 20U;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

rendering::listing backup_list() {
  return {"",
          {{"path", "file", "path"},
           {"bytes", "bytes", "bytes", rendering::cell_kind::number},
           {"sequence", "sequence", "sequence", rendering::cell_kind::number},
           {"head", "head", "head"}}};
}

std::string backup_text(const json::object& answer, const rendering::view&) {
  return "backup of " + mebibytes(answer.at("bytes").to_number<std::uint64_t>()) + " at " +
         std::string(answer.at("path").as_string()) + ", up to entry " +
         std::to_string(answer.at("sequence").to_number<std::int64_t>()) + " of the chain\n" + "head " +
         std::string(answer.at("head").as_string()) + '\n';
}

/// The bytes of the daemon into a file of the caller's: the daemon may write nowhere but to its own folder.
outcome<exit_status> backup(session& with, const std::string& path) {
  auto file = new_file::begin(path);
  if (!file) return file.error();
  request question{"POST", target_builder("backup").text()};
  question.patience = verification_patience;
  progress_line progress;
  progress.show("licauditd copies its ledger ...");
  std::uint64_t bytes = 0;
  std::optional<complaint> wrong;
  const auto reply = with.client().download(question, [&](const download_part& part) {
    bytes += part.bytes.size();
    progress.show(mebibytes(bytes) + (part.whole ? " of " + mebibytes(*part.whole) : std::string()));
    wrong = file->write(part.bytes);
    return !wrong;
  });
  progress.clear();
  if (wrong) return *wrong;
  if (!reply) return reply.error();
  if (reply->status != 200 || reply->content_type != backup_type) {
    const auto refusal = read_reply(*reply);
    return refusal ? complaint{exit_status::internal, "what licauditd sent is no backup"} : refusal.error();
  }
  if (reply->header("Licaudit-Bytes") != std::to_string(bytes))
    return complaint{exit_status::internal, "the backup came without its end; try again"};
  if (auto lost = file->keep()) return *lost;
  json::object answer;
  std::error_code none;
  answer["path"] = std::filesystem::absolute(path, none).string();
  answer["bytes"] = bytes;
  answer["sequence"] = std::stoll("0" + reply->header("Licaudit-Sequence"));
  answer["head"] = reply->header("Licaudit-Head");
  with.write(answer, {backup_list(), backup_text});
  return exit_status::done;
}

struct restore_arguments {
  std::string backup, config, settings_to;
};

/// Beside this program, or where packages put daemons.
outcome<std::string> find_daemon() {
  std::error_code none;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
  for (const auto& place : {here / "licauditd", here / "../sbin/licauditd"})
    if (std::filesystem::exists(place, none)) return place.lexically_normal().string();
  return complaint{exit_status::internal, "licauditd is not installed beside " + here.string() +
                                              "; on a host that has it: licauditd --restore FILE"};
}

/// The work of the daemon's own program, with the rights of the caller, while no daemon runs.
outcome<exit_status> restore(const restore_arguments& given) {
  const auto daemon = find_daemon();
  if (!daemon) return daemon.error();
  std::vector<std::string> words{*daemon, "--restore", given.backup};
  if (!given.config.empty()) words.insert(words.end(), {"--config", given.config});
  if (!given.settings_to.empty()) words.insert(words.end(), {"--settings-to", given.settings_to});
  std::vector<char*> raw;
  raw.reserve(words.size() + 1);
  for (auto& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  ::execv(raw.front(), raw.data());
  return complaint{exit_status::internal, *daemon + ": cannot be started: " + std::strerror(errno)};
}

}  // namespace

void add_backup_commands(CLI::App& app, action& chosen) {
  auto* copy = app.add_subcommand("backup", "Write a whole, consistent copy of the ledger to a new file");
  const auto path = std::make_shared<std::string>();
  add_name(copy, "FILE", *path, "The new file; it is written with your rights, not the daemon's")->required();
  copy->callback([&chosen, path] { chosen = [path](session& with) { return backup(with, *path); }; });

  auto* back = app.add_subcommand("restore", "Put a backup in the place of the ledger; the daemon must not run");
  const auto given = std::make_shared<restore_arguments>();
  add_name(back, "FILE", given->backup, "The backup")->required();
  back->add_option("--config", given->config, "The settings of the daemon; absent: /etc/licaudit/licauditd.yaml")
      ->type_name("PATH");
  back->add_option("--settings-to", given->settings_to,
                   "Restore nothing: only write the settings of the backup, without secrets, to this new folder")
      ->type_name("FOLDER");
  back->callback([&chosen, given] { chosen = [given](session&) { return restore(*given); }; });
}

}  // namespace licaudit::cli::commands
