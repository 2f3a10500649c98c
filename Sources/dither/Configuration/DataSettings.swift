/// Where the data are, how they are read, and what is done to them before the network.
struct DataSettings: Encodable {
  var data: String?
  var images: String?
  var labels: String?
  var header: Bool?
  var labelColumn: String?
  var categoryColumn: [String]?
  var classes: Int?
  var validationData: String?
  var validationImages: String?
  var validationLabels: String?
  var validationFraction: Double?
  var normalization: String?
  var filters: Int?
  var frames: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case data, images, labels, header, labelColumn, categoryColumn, classes, validationData
    case validationImages, validationLabels, validationFraction, normalization, filters, frames
  }

  /// Whose mean and standard deviation are taken off.
  enum Normalized: String, CaseIterable {
    case columns, all, none
  }

  mutating func override(by other: DataSettings) {
    // One place of data takes that of the other kind away.
    if other.data != nil { (images, labels) = (nil, nil) }
    if other.images != nil { (data, header, labelColumn, categoryColumn) = (nil, nil, nil, nil) }
    if other.validationData != nil || other.validationImages != nil { validationFraction = nil }
    if other.validationFraction != nil {
      (validationData, validationImages, validationLabels) = (nil, nil, nil)
    }
    data.override(by: other.data)
    images.override(by: other.images)
    labels.override(by: other.labels)
    header.override(by: other.header)
    labelColumn.override(by: other.labelColumn)
    categoryColumn.override(by: other.categoryColumn)
    classes.override(by: other.classes)
    validationData.override(by: other.validationData)
    validationImages.override(by: other.validationImages)
    validationLabels.override(by: other.validationLabels)
    validationFraction.override(by: other.validationFraction)
    normalization.override(by: other.normalization)
    filters.override(by: other.filters)
    frames.override(by: other.frames)
  }

  /// Where the validation data are; nil where they are a part of the others.
  var validationLocation: DataLocation? {
    get throws(UsageError) {
      try DataLocation(
        data: validationData, images: validationImages, labels: validationLabels,
        keys: (CodingKeys.validationData, CodingKeys.validationImages, CodingKeys.validationLabels))
    }
  }

  /// Throws at a setting of tables where the data are no table, and at one of recordings where they are none.
  ///
  /// - Parameter isSound: whether they are recordings; nil where that is not known.
  func requireUsed(at location: DataLocation, isSound: Bool? = nil) throws(UsageError) {
    var tables: [CodingKeys] = []
    if header == true { tables.append(.header) }
    if labelColumn != nil { tables.append(.labelColumn) }
    if categoryColumn?.isEmpty == false { tables.append(.categoryColumn) }
    var isTable = false
    if case .table = location { isTable = true }
    if let key = tables.first, !isTable {
      throw UsageError("\(flag(key)) with \(location.description); expected a CSV file")
    }
    if let key = filters != nil ? CodingKeys.filters : frames != nil ? .frames : nil,
      isSound == false
    {
      throw UsageError("\(flag(key)) with \(location.description); expected recordings")
    }
  }

  var location: DataLocation? {
    get throws(UsageError) {
      try DataLocation(
        data: data, images: images, labels: labels,
        keys: (CodingKeys.data, CodingKeys.images, CodingKeys.labels))
    }
  }

  /// - Throws: `UsageError` where nothing is given.
  func requireLocation() throws(UsageError) -> DataLocation {
    guard let location = try location else {
      throw UsageError("no data; expected --data, or --images and --labels")
    }
    return location
  }

  mutating func resolve() throws(UsageError) {
    let location = try self.location
    if try validationLocation == nil {
      validationFraction = validationFraction ?? 0.1
    } else if validationFraction != nil {
      throw UsageError(
        "--validation-fraction beside validation data of their own; expected one of the two")
    }
    try require(validationFraction, in: .share, CodingKeys.validationFraction)
    try require(classes, in: 2...65_536, CodingKeys.classes)
    try require(filters, in: SoundFeatures.filterRange, CodingKeys.filters)
    try require(frames, in: SoundFeatures.frameRange, CodingKeys.frames)
    // Pixels are all of a kind; columns of a table are not.
    let standard: Normalized =
      switch location {
      case .pair, .digits: .all
      default: .columns
      }
    normalization = normalization ?? standard.rawValue
    _ = try normalized
    if let columns = categoryColumn, !columns.isEmpty {
      if header != true {
        throw UsageError("--category-column names a column; expected --header, which has the names")
      }
      if Set(columns).count != columns.count {
        throw UsageError("--category-column is \(columns); expected each once")
      }
    }
  }

  var normalized: Normalized {
    get throws(UsageError) {
      try choice(normalization ?? Normalized.columns.rawValue, CodingKeys.normalization)
    }
  }
}
