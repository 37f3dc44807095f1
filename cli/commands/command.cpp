#include "cli/commands/command.hpp"

namespace licaudit::cli::commands {

CLI::Option* add_name(CLI::App* command, const std::string& option, std::string& value,
                      const std::string& description) {
  return command->add_option(option, value, description)
      ->check([](const std::string& text) { return text.empty() ? std::string("must not be empty") : std::string(); })
      ->type_name("");
}

outcome<assignment> parse_assignment(const std::string& text, std::string_view what) {
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string::npos) {
    return complaint{exit_status::usage, text + ": expected " + std::string(what) + ", for example retention=9"};
  }
  return assignment{text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace licaudit::cli::commands
