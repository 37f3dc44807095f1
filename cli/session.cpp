#include "cli/session.hpp"

#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/reply.hpp"

#include <boost/json/serialize.hpp>

#include <ostream>

namespace licaudit::cli {

using namespace rendering;

namespace {

/// The end of the list, or where it goes on.
std::string next_of(const json::object& page) {
  return std::string(text_at(page, "next"));
}

request page_after(const request& question, const std::string& next) {
  auto following = question;
  following.target += following.target.find('?') == std::string::npos ? '?' : '&';
  following.target += "after=" + percent_encoded(next);
  return following;
}

void append(json::object& all, json::object page, const std::string& list) {
  auto& into = all[list].is_array() ? all[list].get_array() : all[list].emplace_array();
  if (auto* more = page[list].if_array()) {
    for (auto& element : *more) into.push_back(std::move(element));
  }
}

}  // namespace

session::session(const global_options& options, const view& as, bool to_terminal, std::ostream& out)
    : options_(options), as_(as), to_terminal_(to_terminal), out_(out), client_(options.socket, options.timeout) {}

outcome<answer> session::fetch(const request& question) const {
  return client_.ask(question);
}

outcome<json::object> session::ask(const request& question) const {
  const auto reply = fetch(question);
  if (!reply) return reply.error();
  return read_reply(*reply);
}

outcome<exit_status> session::show(const request& question, const presentation& how) const {
  auto first = fetch(question);
  if (!first) return first.error();
  return show_pages(question, *first, how);
}

outcome<exit_status> session::show_pages(const request& question, const answer& first, const presentation& how) const {
  auto page = read_reply(first);
  if (!page) return page.error();
  const bool by_page = form() == output_form::jsonl || form() == output_form::csv;
  const auto judge = [&how](const json::object& one) { return how.judge ? how.judge(one) : exit_status::done; };
  auto verdict = judge(*page);
  auto next = next_of(*page);
  const bool one_page = next.empty();
  if (by_page) write_rows(*page, how, true);
  json::object all = std::move(*page);
  while (!next.empty()) {
    page = ask(page_after(question, next));
    if (!page) return page.error();
    const auto before = std::exchange(next, next_of(*page));
    if (next == before)
      return complaint{exit_status::internal, "licauditd names the same page again and again: " + question.target};
    verdict = graver(verdict, judge(*page));
    if (by_page) {
      write_rows(*page, how, false);
    } else {
      append(all, std::move(*page), how.list.list);
    }
  }
  if (form() == output_form::json) {
    if (!one_page) all["next"] = nullptr;
    write_json(one_page ? first.body : json::serialize(all));
  }
  if (form() == output_form::people) out_ << (how.people ? how.people(all, as_) : how.list.people(all, as_));
  return verdict;
}

void session::write(const json::object& answer, const presentation& how) const {
  switch (form()) {
    case output_form::json:
      return write_json(json::serialize(answer));
    case output_form::people:
      out_ << (how.people ? how.people(answer, as_) : how.list.people(answer, as_));
      return;
    case output_form::jsonl:
    case output_form::csv:
      return write_rows(answer, how, true);
  }
}

void session::write_rows(const json::object& answer, const presentation& how, bool first_page) const {
  if (form() == output_form::csv) {
    if (first_page && options_.header) write_csv(how.list.csv_header());
    return write_csv(how.list.csv(answer));
  }
  for (const auto& element : how.list.elements_of(answer)) write_json(json::serialize(element));
}

void session::write_json(std::string_view document) const {
  out_ << (to_terminal_ ? printable_json(document) : std::string(document));
  if (!document.ends_with('\n')) out_ << '\n';
}

void session::write_text(std::string_view text) const {
  out_ << (to_terminal_ ? printable_json(text) : std::string(text));
}

void session::write_csv(std::string_view text) const {
  if (!to_terminal_) {
    out_ << text;
    return;
  }
  // On a terminal a record is a line: CRLF as a line end, and nothing else that could steer it.
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    out_ << printable(text.substr(at, end == text.npos ? end : end - at)) << '\n';
    at = end == text.npos ? text.size() : end + 2;
  }
}

}  // namespace licaudit::cli
