#pragma once

#include "cli/client.hpp"
#include "cli/options.hpp"
#include "cli/rendering/listing.hpp"
#include "cli/rendering/view.hpp"
#include "model/json.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace licaudit::cli {

/// How one kind of answer is shown in each form, and what it means to the shell. Without `people`, its list as a table.
struct presentation {
  rendering::listing list;
  std::function<std::string(const json::object& answer, const rendering::view& as)> people{};
  std::function<exit_status(const json::object& answer)> judge{};
};

/// One run of the program: asks the daemon and writes answers in the form that was chosen.
class session {
 public:
  session(const global_options& options, const rendering::view& as, bool to_terminal, std::ostream& out);

  /// The object that the daemon answers.
  [[nodiscard]] outcome<json::object> ask(const request& question) const;

  /// Asks and shows. A list of several pages is read to its end: CSV and JSON lines go out page by page, JSON is joined
  /// into one document of the same form; one page is shown as the daemon wrote it.
  [[nodiscard]] outcome<exit_status> show(const request& question, const presentation& how) const;

  /// Writes an answer that is there already.
  void write(const json::object& answer, const presentation& how) const;

  /// What is written goes to a terminal without control characters, whatever its form.
  void write_json(std::string_view document) const;

  /// A text that is made for programs, as it is.
  void write_text(std::string_view text) const;

  [[nodiscard]] const class client& client() const { return client_; }
  [[nodiscard]] output_form form() const { return options_.form; }
  [[nodiscard]] const rendering::view& as() const { return as_; }

 private:
  [[nodiscard]] outcome<answer> fetch(const request& question) const;
  [[nodiscard]] outcome<exit_status> show_pages(const request& question, const answer& first,
                                                const presentation& how) const;
  void write_rows(const json::object& answer, const presentation& how, bool first_page) const;
  void write_csv(std::string_view text) const;

  const global_options& options_;
  rendering::view as_;
  bool to_terminal_;
  std::ostream& out_;
  class client client_;
};

}  // namespace licaudit::cli
