#include "cli/rendering/finding_lines.hpp"

#include "cli/rendering/display_width.hpp"
#include "cli/rendering/flow.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

namespace {

/// Narrower than this a wrapped text would be a column of single words.
constexpr std::size_t least_text_width = 20;
constexpr std::size_t mark_width = 3;

colour colour_of(std::string_view severity) {
  if (severity == "page") return colour::red;
  return severity == "warn" ? colour::yellow : colour::plain;
}

std::size_t widest(const json::array& findings, std::string_view member) {
  std::size_t width = 0;
  for (const auto& finding : findings) width = std::max(width, display_width(printable(text_at(finding, member))));
  return width;
}

/// The text behind `label`, which is `indent` wide, its further lines below its beginning; on a screen too narrow for
/// that, below the label.
std::string hanging(const std::string& label, std::size_t indent, const std::string& text, const view& as) {
  if (!as.width) return label + text + '\n';
  if (indent + least_text_width > *as.width) return flow().add(label).add(text, 0).text(as);
  std::string lines(label);
  bool first = true;
  for (const auto& line : wrapped(text, *as.width - indent)) {
    if (!first) lines.append(indent, ' ');
    first = false;
    lines.append(line) += '\n';
  }
  return lines;
}

/// What stands before the text of one finding.
struct lead {
  std::size_t kind_width = 0;
  std::string extra{};  ///< behind the kind
};

/// `north until Mon 30 Nov: the vendor mends it`; empty: nobody has said that it may wait.
std::string acknowledgement_text(const json::value& finding, const wall_clock& clock) {
  const auto until = text_at(finding, "acknowledged.until");
  if (until.empty()) return {};
  return printable(text_at(finding, "acknowledged.by")) + " until " + clock.brief(until) + ": " +
         printable(text_at(finding, "acknowledged.reason"));
}

std::string one(const json::value& finding, const lead& before, const wall_clock& clock, const view& as) {
  const auto seen = acknowledgement_text(finding, clock);
  const auto severity = seen.empty() ? text_at(finding, "severity") : std::string_view("info");
  const auto tint = colour_of(severity);
  const auto margin = mark_width + before.kind_width + 2;
  const auto kind = padded_right(printable(text_at(finding, "finding")), before.kind_width);
  const auto mark = std::string(severity == "info" ? " - " : " ! ") + kind + "  " + before.extra;
  const auto text = printable(text_at(finding, "text"));
  // Colours would count as width; a screen too narrow to align on does without them.
  const auto indent = margin + display_width(before.extra);
  const bool aligned = !as.width || indent + least_text_width <= *as.width;
  auto lines = hanging(aligned ? as.painted(tint, mark) : mark, indent, text, as);
  const auto behind = [&](std::string_view label, const std::string& said) {
    const auto left = aligned ? std::string(margin, ' ') : std::string("   ");
    if (!said.empty()) lines += hanging(left + std::string(label), margin + label.size(), said, as);
  };
  behind("ack: ", seen);
  behind("do:  ", printable(text_at(finding, "action")));
  return lines;
}

}  // namespace

std::string finding_lines(const json::array& findings, const wall_clock& clock, const view& as) {
  const auto kind_width = widest(findings, "finding");
  std::string lines;
  for (const auto& finding : findings) lines += one(finding, {kind_width}, clock, as);
  return lines;
}

std::string findings_page(const json::object& answer, const view& as) {
  const auto& findings = elements(answer, "findings");
  if (findings.empty()) return "no findings\n";
  const auto clock = as.clock_of(answer);
  const auto kind_width = widest(findings, "finding");
  const auto tenant_width = widest(findings, "tenant");
  std::size_t since_width = 0;
  for (const auto& finding : findings) {
    since_width = std::max(since_width, display_width(clock.brief(text_at(finding, "since"))));
  }
  std::string lines;
  for (const auto& finding : findings) {
    auto extra = printable(text_at(finding, "id")) + "  ";
    extra +=
        tenant_width == 0 ? std::string() : padded_right(printable(text_at(finding, "tenant")), tenant_width) + "  ";
    extra += padded_right(clock.brief(text_at(finding, "since")), since_width) + "  ";
    lines += one(finding, {kind_width, std::move(extra)}, clock, as);
  }
  return lines;
}

}  // namespace licaudit::cli::rendering
