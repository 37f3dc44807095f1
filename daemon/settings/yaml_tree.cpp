#include "daemon/settings/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <fstream>
#include <map>
#include <sstream>
#include <system_error>
#include <utility>

namespace licaudit::settings {

namespace {

constexpr std::uintmax_t max_file_bytes = 64U << 20U;  ///< 100,000 tenants with their sites are 30 MiB
constexpr std::size_t max_levels = 32;                 ///< as JSON documents of ours; sources could not read more
constexpr std::size_t max_alias_bytes = 32U << 20U;    ///< aliases of aliases grow without bound otherwise

yaml_place place_of(const YAML::Mark& mark) {
  return {mark.line + 1, mark.column + 1};
}

/// Builds the tree from the parser's events. Throws YAML::ParserException for what we do not take.
class tree_builder : public YAML::EventHandler {
 public:
  std::vector<yaml_node> take_documents() { return std::move(documents_); }

  /// yaml-cpp leaves a sign that begins nothing, such as a comma, where it is, and finds an empty document there for
  /// ever.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (mark.pos == last_start_) throw YAML::ParserException(mark, "a sign that begins no value: quote the text");
    last_start_ = mark.pos;
    anchors_.clear();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    yaml_node node;
    node.at = place_of(mark);
    complete(std::move(node), anchor, mark);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw YAML::ParserException(mark, "an alias of a value that is not complete yet");
    alias_bytes_ += found->second.second;
    if (alias_bytes_ > max_alias_bytes) throw YAML::ParserException(mark, "aliases that grow beyond measure");
    complete(found->second.first, 0, mark);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    yaml_node node;
    node.at = place_of(mark);
    node.text = value;
    if (tag == "?" || tag.empty()) {
      node.kind = kind_of_plain(value);
    } else if (tag == "!" || tag == "tag:yaml.org,2002:str") {
      node.kind = yaml_kind::text;
    } else {
      throw YAML::ParserException(mark, "the tag " + tag + ", which means nothing here: leave it out");
    }
    complete(std::move(node), anchor, mark);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(yaml_kind::list, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(yaml_kind::map, mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct level {
    yaml_node node;
    YAML::Mark mark;
    YAML::anchor_t anchor;
    std::optional<yaml_entry> pending{};  ///< a key whose value comes next
  };

  void open(yaml_kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (open_.size() == max_levels) throw YAML::ParserException(mark, "more than 32 levels");
    yaml_node node;
    node.kind = kind;
    node.at = place_of(mark);
    open_.push_back(level{std::move(node), mark, anchor});
  }

  void close() {
    level done = std::move(open_.back());
    open_.pop_back();
    complete(std::move(done.node), done.anchor, done.mark);
  }

  void complete(yaml_node node, YAML::anchor_t anchor, const YAML::Mark& mark) {
    if (anchor != 0) anchors_[anchor] = {node, size_of(node)};
    if (open_.empty()) {
      documents_.push_back(std::move(node));
      return;
    }
    level& top = open_.back();
    if (top.node.kind == yaml_kind::list) {
      top.node.items.push_back(std::move(node));
    } else if (top.pending) {
      top.pending->value = std::move(node);
      top.node.entries.push_back(std::move(*top.pending));
      top.pending.reset();
    } else {
      if (node.kind == yaml_kind::list || node.kind == yaml_kind::map) {
        throw YAML::ParserException(mark, "a list or map where a key is expected: quote the text");
      }
      top.pending = yaml_entry{std::move(node.text), node.at, {}};
    }
  }

  static std::size_t size_of(const yaml_node& node) {
    std::size_t sum = sizeof(yaml_node) + node.text.size();
    for (const auto& item : node.items) sum += size_of(item);
    for (const auto& entry : node.entries) sum += entry.key.size() + size_of(entry.value);
    return sum;
  }

  std::vector<yaml_node> documents_;
  std::vector<level> open_;
  std::map<YAML::anchor_t, std::pair<yaml_node, std::size_t>> anchors_;  ///< with their sizes in memory
  std::size_t alias_bytes_ = 0;
  int last_start_ = -1;
};

void add_file_problem(const std::filesystem::path& file, std::string sentence, std::vector<problem>& problems) {
  problem wrong;
  wrong.file = file;
  wrong.expected = std::move(sentence);
  problems.push_back(std::move(wrong));
}

}  // namespace

std::optional<std::vector<yaml_node>> parse_yaml(const std::string& text, const std::filesystem::path& file,
                                                 std::vector<problem>& problems) {
  if (text.find('\0') != std::string::npos) {
    add_file_problem(file, "this is not a text in UTF-8", problems);
    return std::nullopt;
  }
  try {
    // yaml-cpp takes a quoted text that the end of the file cuts off, and with it all keys behind the lost quote. The
    // end of a document inside a quoted text it does refuse.
    const bool ends_line = text.empty() || text.back() == '\n';
    std::istringstream in(text + (ends_line ? "...\n" : "\n...\n"));
    YAML::Parser parser(in);
    tree_builder builder;
    while (parser.HandleNextDocument(builder)) {
    }
    auto documents = builder.take_documents();
    std::erase_if(documents, [](const yaml_node& node) { return node.kind == yaml_kind::nothing; });
    return documents;
  } catch (const YAML::Exception& wrong) {
    problem what;
    what.file = file;
    const yaml_place at = wrong.mark.is_null() ? yaml_place{} : place_of(wrong.mark);
    what.line = at.line;
    what.column = at.column;
    what.expected = "YAML";
    const bool cut_off = wrong.msg == YAML::ErrorMsg::DOC_IN_SCALAR;
    what.found = cut_off ? "a quoted text before here that is never closed" : wrong.msg;
    problems.push_back(std::move(what));
    return std::nullopt;
  }
}

std::optional<std::vector<yaml_node>> read_yaml(const std::filesystem::path& file, std::vector<problem>& problems) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    add_file_problem(file, "there is no such file", problems);
    return std::nullopt;
  }
  if (!std::filesystem::is_regular_file(status)) {  // a FIFO would make us wait for ever
    add_file_problem(file, "this is not a regular file", problems);
    return std::nullopt;
  }
  if (const auto size = std::filesystem::file_size(file, error); !error && size > max_file_bytes) {
    add_file_problem(file, "the file is larger than 64 MiB", problems);
    return std::nullopt;
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad()) {
    add_file_problem(file, "the file cannot be read: check its owner and mode", problems);
    return std::nullopt;
  }
  return parse_yaml(std::move(text).str(), file, problems);
}

}  // namespace licaudit::settings
