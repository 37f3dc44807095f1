#include "plugins/sdk/record_writer.hpp"

#include "plugins/sdk/protocol.hpp"

#include <boost/json/serialize.hpp>

#include <cerrno>
#include <system_error>

namespace licaudit::sdk {

namespace {

constexpr std::size_t block_bytes = std::size_t{64} * 1024;

void add_name(json::object& line, const subject_name& name) {
  if (!name.tenant.empty()) line["tenant"] = name.tenant;
  line["id"] = name.id;
}

/// A meter's reading lies in its fields, and stands beside them on the line.
json::object meter_line(const subject& value) {
  json::object line;
  line["kind"] = "meter";
  add_name(line, value.name);
  for (const auto& [key, texts] : value.fields) {
    if (!texts.empty()) line[key] = texts.front();
  }
  return line;
}

json::object subject_line(const subject& value) {
  json::object line;
  line["kind"] = to_text(value.name.kind);
  add_name(line, value.name);
  line["fields"] = fields_to_json(value.fields);
  if (value.quantity != 1) line["quantity"] = value.quantity;
  return line;
}

}  // namespace

void record_writer::begin(bool delta) {
  write_object({{"kind", "begin"}, {"protocol", protocol_version}, {"mode", delta ? "delta" : "snapshot"}});
}

void record_writer::write(const tenant& value) {
  json::object line;
  line["kind"] = "tenant";
  for (auto& member : to_json(value)) line[member.key()] = member.value();
  write_object(line);
}

void record_writer::write(const subject& value) {
  write_object(value.name.kind == subject_kind::meter ? meter_line(value) : subject_line(value));
}

void record_writer::remove(const subject_name& name) {
  json::object line;
  line["kind"] = "remove";
  line["of"] = to_text(name.kind);
  add_name(line, name);
  write_object(line);
}

void record_writer::left_out(std::string_view reason, std::int64_t count) {
  write_object({{"kind", "left_out"}, {"reason", reason}, {"count", count}});
}

void record_writer::progress(std::int64_t done, std::int64_t total) {
  write_object({{"kind", "progress"}, {"done", done}, {"total", total}});
  flush();
}

void record_writer::end(std::string_view cursor) {
  json::object line;
  line["kind"] = "end";
  if (!cursor.empty()) line["cursor"] = cursor;
  write_object(line);
  flush();
}

void record_writer::write_object(const json::object& object) {
  write_line(json::serialize(object));
}

void record_writer::write_line(std::string_view line) {
  waiting_ += line;
  waiting_ += '\n';
  if (waiting_.size() >= block_bytes) flush();
}

void record_writer::flush() {
  const bool written = std::fwrite(waiting_.data(), 1, waiting_.size(), out_) == waiting_.size();
  if (!written || std::fflush(out_) != 0) {
    if (errno == EPIPE) throw reader_gone();
    throw std::system_error(errno, std::generic_category(), "writing the records");
  }
  waiting_.clear();
}

}  // namespace licaudit::sdk
